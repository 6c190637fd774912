"""Invented suppliers of everything the registry does not follow, by what they sell. None of them exists."""

from hashlib import sha256

ORDINARY = {
    "Staff through agencies": ("Hallowick Staffing Ltd", "Dunnerby Locums Ltd", "Marrowhand People Ltd"),
    "Care homes": ("Osterlode Care Ltd", "Thistlequay Homes Ltd", "Pebblewick Living Ltd", "Lowanfold Care Ltd"),
    "Care at home": ("Kindlewrack Homecare Ltd", "Harbourfold Visits Ltd"),
    "Building works": ("Grantlebrick Builders Ltd", "Stannowby Construction Ltd", "Cobblequay Works Ltd"),
    "Road maintenance": ("Tarrowstone Surfacing Ltd", "Blackquern Roads Ltd"),
    "Waste collection": ("Ravenskip Waste Ltd", "Greenquern Recycling Ltd"),
    "Energy": ("Sorrelmark Island Power Ltd", "Galehythe Gas Ltd"),
    "Transport": ("Ferrowby Coaches Ltd", "Wandlequay Taxis Ltd", "Isle Loop Buses Ltd"),
    "Food": ("Barleywrack Catering Ltd", "Millhythe Foods Ltd"),
    "Insurance": ("Anchorfold Mutual Ltd",),
    "Legal advice": ("Brandlemoor and Skeffin Ltd", "Orrinquill Law Ltd"),
    "Furniture and stationery": ("Paperquern Supplies Ltd", "Deskwrack Interiors Ltd"),
    "Grants": ("Quayside Youth Trust of Sorrelmark", "Marrow Valley Advice Trust", "Lanternhythe Arts Trust"),
}
# How large a usual payment is beside the average of all categories, where it differs.
SIZE = {
    "Care homes": 3.2,
    "Care at home": 1.8,
    "Building works": 1.6,
    "Staff through agencies": 0.5,
    "Energy": 0.45,
    "Transport": 0.5,
    "Insurance": 0.2,
    "Food": 0.15,
    "Legal advice": 0.1,
    "Grants": 0.12,
    "Furniture and stationery": 0.05,
}
# What a tier of council is not responsible for.
NOT_BOUGHT = {
    "district": {"Care homes", "Care at home", "Road maintenance"},
    "county": {"Waste collection"},
}


def company_number(supplier: str) -> str:
    """A number in the invented company register, always the same for a name."""
    return f"sm-company:{int(sha256(supplier.encode()).hexdigest()[:8], 16) % 10_000_000:07d}"
