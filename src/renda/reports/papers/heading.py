"""What stands on an official paper beside its text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """The head and foot of a paper (GB/T 9704-2012). Everything may be empty; without `mark` there is no red head.

    `mark` is the issuing organ as its red head names it (发文机关标志, 7.2.4), `number` the document number (发文字号, 7.2.5),
    `signatory` who signs an upward document (签发人, 7.2.6), `secrecy` and `urgency` stand at the top left (7.2.2, 7.2.3).
    `sealed` sets signature and date for a seal (7.3.5.1), otherwise for none (7.3.5.2). `note` is printed below the date in brackets
    (附注, 7.3.6), for instance the digest of an issued report.
    """

    mark: str = ""
    number: str = ""
    signatory: str = ""
    secrecy: str = ""
    urgency: str = ""
    sealed: bool = True
    note: str = ""
