"""The room of deputies (代表工作): grids and groups, activities, home visits, the double link, money, good deeds, reports to voters."""
