"""The industrial chains behind a plan: what is made, what is lacking, and what pulls what.

Input-output tables tell how sectors pull one another; chain graphs tell which link is held by
whom. Unknown is not absent: what no source says is never counted as zero.
"""
