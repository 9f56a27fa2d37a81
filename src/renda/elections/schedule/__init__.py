"""Calendar: from the election day backward, every legal date with its article."""
