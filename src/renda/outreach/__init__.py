"""Training, law publicity, media coverage, research articles and the album (宣传培训)."""
