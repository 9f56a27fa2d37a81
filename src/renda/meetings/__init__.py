"""Meetings (会议): the congress, the Standing Committee, the chairpersons, the Party group; agenda, attendance, votes, papers."""
