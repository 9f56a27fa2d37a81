"""Meetings (会议): sessions of the congress, the Standing Committee, the chairpersons, the Party group; agenda, attendance, votes, resolutions."""
