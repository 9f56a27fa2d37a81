"""Letters and visits (信访) to the congress: registered, passed on or assigned, followed to their end."""
