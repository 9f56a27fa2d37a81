"""What goes wrong with templates, apart from the machinery that reads them: commands that make no letter load none of it."""


class TemplateFault(ValueError):
    """A template that cannot be used; the message (Chinese) says what is wrong, where, and what to do."""
