"""Supervision (监督): reports, inspections, tours, surveys, budget, inquiries, appraisals, opinions, problem lists."""
