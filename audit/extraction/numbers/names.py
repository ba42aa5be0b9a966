"""What holds digits and is no number: document numbers, dates, ordinals, product names, addresses, quoted slogans."""

from __future__ import annotations

from audit.lexicon import initials, only, words

NAMES = (
    r"《[^》\n]{1,150}》?|〔\d{4}〕\s*\d*号?|\[\d{4}\]\s*\d*号|[(（〔]\d{4}[)）〕]\s*\d+号|https?://[!-~]+|[A-Za-z0-9_.]{1,30}@[\w.]+"
    r"|“[^”\n]{1,18}”|「[^」\n]{1,18}」|\"[^\"\n]{1,18}\""
    r"|第\s*(?:[零〇一二三四五六七八九十百千\d]{1,10}+)(?:\s*[届次个项条章节批期号位名类产阶季][^\d\n，。、；]?)?"
    r"|(?<![A-Za-z])(?![A-Z]{2,8}\d[\d,]*(?:\.\d+)?\s?[万亿])[A-Za-zπαβγⅠⅡⅢⅣⅤ][A-Za-z]*+[-－]?\d+(?:\.\d+)?[A-Za-z]*"
    r"|(?:19|20)\d{2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?(?![:：.\d%])|\d{3,4}-\d{7,8}"
    r"|(?:19|20)\d{2}\s*(?:年|(?:[-—–~至到、和及与](?:19|20)?\d{2}){1,40}\s*年)(?:度|末|底|初)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
    r"|[12]?\d\s*[-—至到]\s*[12]?\d\s*月(?!份[以])|[12]?\d\s*月(?:\s*[0-3]?\d\s*日|份|底|末|初)?|[0-3]?\d\s*日(?!元|均|产|处)|(?<!\d)\d+\s*号"
    r"|[一二]〇?[〇零一二三四五六七八九]{2,3}年"
    rf"|“?十[一二三四五]五”?(?={words('after a plan')})"
    r"|[〇零一二三四五六七八九十]{1,3}月(?:[〇零一二三四五六七八九十]{1,3}日)?"
    r"|(?<!\d)(?:\d+(?:\.\d+)?\s*[+＋×]\s*[\dNnXx]+|\d+\s*(?:G|D|C|R|K|A|B|S)(?![A-Za-z]))"
    r"|(?<=\d)/(?:十|百|10|100)?万(?![元吨])"
    rf"|[一二三四1-4]{only('quarter')}|(?:(?<!\d)\d+|[一二三四五六七八九十百]{{1,4}}){only('anniversary')}"
    rf"|{words('numeral_name')}"
)
"""The first branch of the scanner: whatever it matches is passed over."""

STARTS = (
    r"(?=[《〔\[(（“「\"/.\-−\dA-Za-z_παβγⅠⅡⅢⅣⅤ]|[零〇一二两三四五六七八九十百千万亿翻第壹贰叁肆伍陆柒捌玖]"
    rf"|[{initials('numeral_name')}])"
)
"""What any number or name that holds one begins with: the other characters of a text are passed over at once."""
