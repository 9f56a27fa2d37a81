"""The room of deputies (代表工作): activities, home visits, the double link, money, good deeds, reports to voters."""
