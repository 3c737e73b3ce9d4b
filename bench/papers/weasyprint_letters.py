"""Prints pages with WeasyPrint in one process, fonts looked up once: weasyprint_letters.py <page.html>..."""

import logging
import sys

import weasyprint
from weasyprint.text.fonts import FontConfiguration

logging.disable(logging.CRITICAL)
fonts = FontConfiguration()
for page in sys.argv[1:]:
    weasyprint.HTML(filename=page).write_pdf(page + ".weasyprint.pdf", font_config=fonts)
