"""Writes documents into a folder: one of Word with all that may be left out, and copies of report.pdf there, encrypted or with notes."""

import io
import struct
import sys
import zlib
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Text

folder = Path(sys.argv[1])


def picture() -> io.BytesIO:
    """A PNG of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack('>I', len(content)) + kind + content + struct.pack('>I', zlib.crc32(kind + content))

    head = struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)
    return io.BytesIO(
        b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(b'\0\0')) + chunk(b'IEND', b'')
    )


def change(kind: str, text: str, element: str):
    """A change that Word tracks."""
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x"><w:r><w:{element}>{text}</w:{element}></w:r></w:{kind}>'
    )


document = docx.Document()
document.sections[0].header.paragraphs[0].text = 'Header'
document.add_heading('Report', 0)
paragraph = document.add_paragraph('Bob Jones left ')
paragraph._p.append(change('del', 'London', 'delText'))
paragraph._p.append(change('ins', 'Paris', 't'))
paragraph.add_run(' .')
table = document.add_table(1, 2)
table.cell(0, 0).text = 'Anna Smith'
table.cell(0, 1).text = 'London'
document.add_picture(picture())
document.add_comment(paragraph.runs[0], text='Who?', author='x')
document.save(folder / 'letter.docx')

for name, password in [('locked.pdf', 'secret'), ('open.pdf', '')]:
    writer = PdfWriter(clone_from=folder / 'report.pdf')
    writer.encrypt(password, owner_password='owner', algorithm='RC4-128')
    writer.write(folder / name)

noted = PdfWriter(clone_from=folder / 'report.pdf')
for note in [FreeText, Text]:
    noted.add_annotation(1, note(text='Ask Eve', rect=(9, 9, 99, 99)))
noted.write(folder / 'noted.pdf')
