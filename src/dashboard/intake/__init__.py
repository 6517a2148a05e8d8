"""Deliveries as they come: templates out; files in, read, checked and ready for the store. Nothing is kept here.

``examination.examine`` is the door; ``templates`` makes the workbooks to fill in; ``mapping`` keeps what a sender's
headers mean; ``limits`` says how much a file may ask for.
"""
