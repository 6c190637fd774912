"""How much of a text is read: enough for the description of a large interface, read in less than a second."""

MAX_BYTES = 1_000_000
MAX_VALUES = 50_000  # keys among them, and every alias counted as all that it stands for
MAX_LENGTH = 1_000_000  # characters, counted likewise
MAX_DEPTH = 60
MAX_DOCUMENTS = 1_000
MAX_DIRECTIVES = 100  # of YAML: the library compares each with each
MAX_RECORDS = 5_000  # components in one list
MAX_PROBLEMS = 500
TOO_LARGE = f"The text is larger than {MAX_BYTES // 1_000_000} MB: send only the description."
TOO_DEEP = f"The text is nested more than {MAX_DEPTH} levels deep: write it flatter."
TOO_MANY = f"The text has more than {MAX_VALUES:,} values, each alias counted as what it stands for: shorten it."
TOO_LONG = f"The text has more than {MAX_LENGTH:,} characters, each alias counted as what it stands for: shorten it."
TOO_MANY_RECORDS = f"The list has more than {MAX_RECORDS:,} items: send fewer at once."
MORE_PROBLEMS = f"There are more than these {MAX_PROBLEMS} problems: mend them, and check the text again."
TOO_MANY_DOCUMENTS = f"The text has more than {MAX_DOCUMENTS:,} documents: send fewer at once."
TOO_MANY_DIRECTIVES = f"The text has more than {MAX_DIRECTIVES} directives, lines that begin with %: take them out."
