"""The readers of the LEGI data: articles of codes with their versions, in the DILA's XML and in legi-data's JSON."""

from corpus.readers.legi.json_code import read_legi_json
from corpus.readers.legi.wording import LegiReading, LegiWording
from corpus.readers.legi.xml_article import article_root, read_legi_xml

__all__ = ["LegiReading", "LegiWording", "article_root", "read_legi_json", "read_legi_xml"]
