"""Every list as a file: CSV, JSON, XLSX and ODS from the same address, filters and rows as its page.

path("components/", in_formats(ComponentListing)(views.component_list))
*files("components", ComponentListing)          # components.csv, .json, .xlsx and .ods
"""

from commons.formats.cells import guarded, unguarded
from commons.formats.faces import files, in_formats

__all__ = ["files", "guarded", "in_formats", "unguarded"]
