"""Elections to the county and township congresses (换届选举): their ledgers until the full room is built."""
