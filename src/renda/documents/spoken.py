"""Words in the reader's language where a reader has one: commands that read files without the platform speak Chinese."""

from django.conf import settings
from django.utils import translation


def gettext(text: str) -> str:
    """The text in the language of the request; as it stands where Django is not set up."""
    return translation.gettext(text) if settings.configured else text
