class Refused(Exception):
    """A rule says no. The message is a sentence a person can read, and says what to do."""
