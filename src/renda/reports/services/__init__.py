"""Every change of a report: taken in, settled figure by figure, issued. Views, commands and the demo call these."""
