"""The public pages (公众服务): handing in a petition, looking up how it stands, rating how it was handled. Nobody signs in here."""
