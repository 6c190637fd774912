"""The fixed parts of an OpenDocument spreadsheet (ISO/IEC 26300)."""

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("config", "config"),
    )
)
OTHERS = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
ROOT = f'{SPACES} {OTHERS} office:version="1.3"'

MANIFEST = HEAD + (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta", "settings")
    )
    + "</manifest:manifest>"
)

STYLES = f"{HEAD}<office:document-styles {ROOT}><office:styles/></office:document-styles>"

META = HEAD + (
    f"<office:document-meta {ROOT}><office:meta><dc:title>{{title}}</dc:title><dc:creator>{{service}}</dc:creator>"
    "<meta:creation-date>{made_at}</meta:creation-date></office:meta></office:document-meta>"
)

SHEET_SETTINGS = (
    "<config:config-item-map-entry config:name={name}>"
    '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
    '<config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item>'
    '<config:config-item config:name="ActiveSplitRange" config:type="short">2</config:config-item>'
    '<config:config-item config:name="PositionBottom" config:type="int">1</config:config-item>'
    "</config:config-item-map-entry>"
)
SETTINGS = HEAD + (
    f'<office:document-settings {ROOT}><office:settings><config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    '<config:config-item-map-named config:name="Tables">{sheets}</config:config-item-map-named>'
    "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
    "</office:document-settings>"
)


def cell_style(name: str, more: str, inside: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="table-cell"{more}>{inside}</style:style>'


def column_style(name: str, width: str) -> str:
    inside = f'<style:table-column-properties style:column-width="{width}"/>'
    return f'<style:style style:name="{name}" style:family="table-column">{inside}</style:style>'


DAY = '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>' + (
    '<number:text>-</number:text><number:day number:style="long"/>'
)
TIME = '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>' + (
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
AUTOMATIC = "".join(
    [
        f'<number:date-style style:name="as-day">{DAY}</number:date-style>',
        f'<number:date-style style:name="as-time">{DAY}{TIME}</number:date-style>',
        cell_style("day", ' style:data-style-name="as-day"'),
        cell_style("time", ' style:data-style-name="as-time"'),
        cell_style("strong", "", '<style:text-properties fo:font-weight="bold"/>'),
        cell_style("wrapped", "", '<style:table-cell-properties fo:wrap-option="wrap"/>'),
        column_style("name", "5cm"),
        column_style("words", "18cm"),
        column_style("column", "4cm"),
    ]
)
CONTENT = (
    f"{HEAD}<office:document-content {ROOT}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
    "<office:body><office:spreadsheet>"
)
END = "</office:spreadsheet></office:body></office:document-content>"
