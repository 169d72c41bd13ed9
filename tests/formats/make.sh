#!/bin/sh
# Saves report.fodt in every format. Needs LibreOffice, OpenCC and a Chinese font
# (Debian: libreoffice-writer opencc fonts-noto-cjk). The files are in the repository: nothing else needs this.
set -eu
cd "$(dirname "$0")"
for format in docx doc odt rtf pdf; do
    soffice --headless --convert-to "$format" report.fodt >/dev/null
done
soffice --headless --convert-to 'html:HTML (StarWriter):EmbedImages' report.fodt >/dev/null
soffice --headless --convert-to 'txt:Text (encoded):UTF8' report.fodt >/dev/null
iconv -f UTF-8 -t GB18030 report.txt >report-gb18030.txt
iconv -f UTF-8 -t UTF-16LE report.txt >report-utf16le.txt
opencc -c s2tw -i report.txt | iconv -f UTF-8 -t BIG5//TRANSLIT >report-big5.txt
