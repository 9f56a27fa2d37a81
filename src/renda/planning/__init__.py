"""The yearly plan, requests and reports upward, problems and correction, township returns (计划统筹)."""
