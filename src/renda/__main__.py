"""`python -m renda` is `renda`."""

from renda.cli import main

if __name__ == "__main__":
    main()
