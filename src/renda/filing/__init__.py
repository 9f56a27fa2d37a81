"""Filing and review of normative documents (规范性文件备案审查), regulation bills and opinions on legislation."""
