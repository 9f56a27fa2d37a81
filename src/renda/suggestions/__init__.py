"""Bills and suggestions (议案、建议、批评和意见): from the deputy's words to the reply, the rating and what came of it."""
