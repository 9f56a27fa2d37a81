"""Reports on paper: drafts as Word documents (GB/T 9704-2012, or in the .docx they came from), PDF, templates with Chinese placeholders."""

from renda.documents.pdf import NoPdf, can_make_pdf, to_pdf

from .heading import Heading
from .write import SourceChanged, write_docx

__all__ = ["Heading", "NoPdf", "SourceChanged", "can_make_pdf", "to_pdf", "write_docx"]
