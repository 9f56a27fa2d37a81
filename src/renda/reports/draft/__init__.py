"""This year's draft from last year's text: `model` is what a draft is; `compose` makes one; `write` puts it on paper."""
