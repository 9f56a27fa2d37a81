"""Word templates with Chinese placeholders: `grammar` says how they are written."""

from .render import render_template
from .result import Filled

__all__ = ["Filled", "render_template"]
