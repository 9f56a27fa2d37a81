"""The documents room (文书): official Word documents, templates that an office can edit, letters kept; PDF from .docx."""
