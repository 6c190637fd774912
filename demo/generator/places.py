"""The bodies of Sorrelmark, an island country that does not exist: names, tiers, mergers and what each one declares.

A profile says how much a body has told the registry: from `A` (nearly everything, well evidenced) to `E` (little),
`accounts` (accounts only) and `silent` (nothing at all).
"""

REGIONS = {
    "North Coast": (48.6, -27.4),
    "Uplands": (48.0, -28.3),
    "Midmark": (47.5, -27.1),
    "Southern Vales": (46.9, -27.8),
    "Eastern Isles": (47.6, -25.6),
}

# name: (residents, profile)
UNITARIES = {
    "Quillsford": (312_400, "A"),
    "Brackenholt": (268_900, "B"),
    "Tamberwick": (187_300, "A"),
    "Velmouth": (241_700, "A"),
    "Pellingstow": (156_200, "B"),
    "Gorsewater": (203_800, "B"),
    "Skellowmere": (129_400, "C"),
    "Drumfallow": (174_600, "B"),
    "Inverquill": (98_700, "C"),
    "Corvendale": (226_100, "B"),
    "Lanternhythe": (143_900, "C"),
    "Fossbarrow": (118_300, "D"),
    "Mistlebourne": (165_500, "B"),
    "Ravenquay": (289_200, "A"),
    "Emberfold": (137_800, "B"),
    "Wyndlesea": (111_600, "C"),
    "Kettlewrack": (92_400, "E"),
    "Copperhythe": (196_700, "C"),
    "Nettlebarrow": (151_300, "C"),
    "Dunsparrow": (124_900, "C"),
    "Orlenby": (133_200, "B"),
    "Thrushwater": (178_400, "B"),
    "Yarrowquay": (147_600, "C"),
    "Palewick": (104_800, "D"),
    "Hobmarsh": (88_900, "D"),
    "Cindermouth": (215_300, "E"),
    "Larkenstow": (96_100, "accounts"),
    "Wrenquarry": (83_700, "silent"),
    "Saltbracken": (109_500, "silent"),
}

# county: (profile, {district: (residents, profile)})
COUNTIES = {
    "Marrowdale": (
        "B",
        {
            "Upper Marrow": (94_300, "A"),
            "Nether Marrow": (108_600, "B"),
            "Quernhollow": (87_200, "C"),
            "Saltwrack": (121_400, "C"),
            "Oakrattle": (76_900, "D"),
            "Merrowgate": (99_800, "silent"),
        },
    ),
    "Orminshire": (
        "C",
        {
            "Ormingate": (112_300, "A"),
            "Cattlewrack": (91_700, "C"),
            "Bellhythe": (104_500, "B"),
            "Stonesparrow": (83_100, "E"),
        },
    ),
    "Dapplemoor": (
        "C",
        {
            "Dapplewick": (129_800, "B"),
            "Thornquill": (97_400, "C"),
            "Mirefold": (72_600, "silent"),
            "Eskerlow": (88_800, "D"),
        },
    ),
    "Glimmershire": (
        "D",
        {
            "Glimmerfold": (117_900, "B"),
            "Reedlantern": (79_300, "E"),
            "Haysparrow": (101_200, "accounts"),
            "Millquarry": (93_500, "silent"),
        },
    ),
    "Wuldershire": (
        "A",
        {
            "Wulderfold": (108_100, "B"),
            "Peatsparrow": (84_600, "C"),
            "Swanrattle": (95_900, "E"),
            "Kitemarrow": (76_200, "silent"),
        },
    ),
}

# Merged on the last merger day into one unitary; the residents were counted before it.
MERGED_COUNTY = "Tanselshire"
MERGED_DISTRICTS = {"East Tansel": 61_800, "West Tansel": 73_500, "Tanselport": 88_200, "Gullhollow": 54_900}

# slug: (name, type, full-time posts, profile)
NATIONAL = {
    "sorrelmark-digital-office": ("Sorrelmark Digital Office", "agency", 620, "A"),
    "sorrelmark-ministry-of-local-affairs": ("Sorrelmark Ministry of Local Affairs", "ministry", 2_150, "B"),
    "sorrelmark-revenue-board": ("Sorrelmark Revenue Board", "agency", 4_870, "B"),
    "sorrelmark-survey": ("Sorrelmark Survey", "agency", 780, "C"),
    "sorrelmark-statistics-bureau": ("Sorrelmark Statistics Bureau", "agency", 910, "C"),
    "sorrelmark-roads-agency": ("Sorrelmark Roads Agency", "agency", 3_240, "D"),
    "sorrelmark-care-council": ("Sorrelmark Care Council", "agency", 540, "D"),
    "sorrelmark-procurement-centre": ("Sorrelmark Procurement Centre", "agency", 410, "B"),
    "sorrelmark-audit-house": ("Sorrelmark Audit House", "agency", 690, "E"),
    "sorrelmark-courts-office": ("Sorrelmark Courts Office", "agency", 5_320, "E"),
    "sorrelmark-land-register": ("Sorrelmark Land Register", "agency", 1_480, "C"),
    "sorrelmark-environment-office": ("Sorrelmark Environment Office", "agency", 2_730, "E"),
    "sorrelmark-electoral-board": ("Sorrelmark Electoral Board", "agency", 230, "E"),
    "sorrelmark-education-board": ("Sorrelmark Education Board", "agency", 1_950, "accounts"),
    "sorrelmark-coast-watch": ("Sorrelmark Coast Watch", "agency", 1_260, "silent"),
    "sorrelmark-weather-house": ("Sorrelmark Weather House", "agency", 870, "silent"),
    "quillworks-shared-services": ("Quillworks Shared Services", "shared-service", 460, "E"),
    "marrowmill-shared-services": ("Marrowmill Shared Services", "shared-service", 210, "E"),
}

# Owners of a shared-service company count as one body with it in every test of independence.
GROUPS = {
    "quillworks-shared-services": ("Quillsford", "Brackenholt", "Pellingstow"),
    "marrowmill-shared-services": ("Upper Marrow", "Nether Marrow"),
}
