// Figures and rows of reports in a message: as a table of HTML, and as lines of plain text. Values are escaped where they are put in.
const CELL = 'padding:6px 12px 6px 0;border-bottom:1px solid #e3e8e6;vertical-align:top';
const FIGURE = `${CELL};text-align:right;padding-right:0;padding-left:12px;white-space:nowrap`;
const HEAD = 'font-size:12px;color:#5b6863;font-weight:400';

export const TABLES_AS_HTML = `{% for table in tables %}
<p style="margin:16px 0 4px;font-weight:600">{{ table.title }}</p>
{% if table.note != '' %}<p style="margin:0 0 4px;font-size:12px;color:#5b6863">{{ table.note }}</p>{% endif %}
{% if table.figures.size > 0 %}<table role="presentation" cellpadding="0" cellspacing="0" width="100%" style="font-size:14px;line-height:20px">
{% for figure in table.figures %}<tr><td width="70%" style="${CELL}">{{ figure.name }}</td><td style="${FIGURE};font-weight:600">{{ figure.value }}</td><td style="${FIGURE};color:#5b6863">{{ figure.change }}</td></tr>{% endfor %}
</table>{% endif %}
{% if table.rows.size > 0 %}<table cellpadding="0" cellspacing="0" width="100%" style="margin-top:8px;font-size:14px;line-height:20px">
<tr>{% for name in table.head %}<th style="{% if forloop.first %}${CELL};text-align:left{% else %}${FIGURE}{% endif %};${HEAD}">{{ name }}</th>{% endfor %}</tr>
{% for row in table.rows %}<tr>{% for cell in row %}<td style="{% if forloop.first %}${CELL}{% else %}${FIGURE}{% endif %}">{{ cell }}</td>{% endfor %}</tr>{% endfor %}
</table>{% endif %}
{% endfor %}`;

export const TABLES_AS_TEXT = `{% for table in tables %}{{ table.title }}
{% if table.note != '' %}{{ table.note }}
{% endif %}{% for figure in table.figures %}{{ figure.name }}: {{ figure.value }}  {{ figure.change }}
{% endfor %}{% for row in table.rows %}{{ row | join: '  ' }}
{% endfor %}
{% endfor %}`;
