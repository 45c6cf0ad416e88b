(function () {
  'use strict';
  var byId = function (id) { return document.getElementById(id); };
  var print = byId('print');
  print.hidden = false;
  print.addEventListener('click', function () { window.print(); });
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (more) { more.open = true; });
  });
  filterUnread();
  // A card that a link leads to may be folded away.
  function unfold() {
    var card = /^#(card|quote)-\d+$/.test(location.hash) && document.querySelector(location.hash), more = card && card.closest('details');
    if (more && !more.open) { more.open = true; card.scrollIntoView(); }
  }
  window.addEventListener('hashchange', unfold);
  unfold();
  var source = byId('explorer') && JSON.parse(byId('data').textContent);
  if (source) { explore(source); }

  // The reasons filter the list of unread items.
  function filterUnread() {
    var group = byId('reasons'), list = byId('unread');
    if (!group || !list) { return; }
    group.addEventListener('click', function (event) {
      var button = event.target.closest('button');
      if (!button) { return; }
      var on = button.getAttribute('aria-pressed') !== 'true';
      group.querySelectorAll('button').forEach(function (b) { b.setAttribute('aria-pressed', 'false'); });
      button.setAttribute('aria-pressed', String(on));
      list.open = true;
      list.querySelectorAll('tbody tr').forEach(function (row) {
        row.hidden = on && row.dataset.kind !== button.dataset.kind;
      });
    });
  }

  function explore(d) {
    var at = {}, t = d.t, S = d.strings;
    d.columns.forEach(function (name, k) { at[name] = k; });
    var text = function (row, name) { return S[row[at[name]]]; };
    var label = function (code) { return d.labels[code] || code; };
    var format = new Intl.NumberFormat(d.locale), num = function (n) { return format.format(n); };
    var single = function (n) { return d.lang === 'fr' ? n <= 1 : n === 1; };
    var plural = function (forms, n) { return forms[single(n) ? 'one' : 'many'].replace('{n}', num(n)); };
    var fill = function (words, name) { return words.replace('{name}', function () { return name; }); };
    var levels = { CERTAIN: 4, PROBABLE: 3, POSSIBLE: 2, INDICE: 1 };
    var outcomes = { REFUSER_PROPOSE: 4, SECURISER: 3, DEMANDER_AU_CLIENT: 2, ACCEPTER: 1, '': 0 };
    var form = byId('filters'), box = byId('window'), body = byId('findings').tBodies[0];
    var rows = d.rows, shown = rows, sort = null, hay = new Array(rows.length), codeFilter = '', cardFilter = 0, pathFilter = '';
    var folders = new Array(S.length), formats = new Array(S.length);

    function folderOf(row) {
      var k = row[at.path];
      if (folders[k] === undefined) { folders[k] = (S[k].match(/^\/?(?:[^/!]+\/){0,2}/) || [''])[0]; }
      return folders[k];
    }
    function formatOf(row) {
      var k = row[at.path];
      if (formats[k] === undefined) {
        var name = S[k].split(/[!/]/).pop(), dot = name.lastIndexOf('.');
        formats[k] = dot > 0 ? name.slice(dot + 1).toLowerCase().slice(0, 12) : '';
      }
      return formats[k];
    }
    function make(tag, className, content) {
      var node = document.createElement(tag);
      if (className) { node.className = className; }
      if (content !== undefined) { node.textContent = content; }
      return node;
    }
    function options(name, pairs, all) {
      var select = form.elements[name];
      select.append(new Option(all, ''));
      pairs.forEach(function (pair) { select.append(new Option(pair[1], '=' + pair[0])); });
      select.parentNode.hidden = pairs.length < 2;
    }
    function seen(of) {
      var set = new Map();
      rows.forEach(function (row) { var v = of(row); set.set(v, (set.get(v) || 0) + 1); });
      return Array.from(set.keys());
    }
    var collate = new Intl.Collator(d.locale, { numeric: true }).compare;
    var known = function (order) { return function (a, b) { return (order[b] || 0) - (order[a] || 0); }; };
    var regimes = seen(function (row) { return text(row, 'regime'); }).join(',').split(',').filter(Boolean);
    options('category', seen(function (r) { return text(r, 'category'); }).filter(Boolean).sort(collate).map(function (c) { return [c, label(c)]; }), t.detail.all_f);
    options('regime', Array.from(new Set(regimes)).sort(collate).map(function (c) { return [c, label(c)]; }), t.detail.all);
    options('level', seen(function (r) { return text(r, 'level'); }).sort(known(levels)).map(function (c) { return [c, t.levels[c] || c]; }), t.detail.all_f);
    options('outcome', seen(function (r) { return text(r, 'outcome'); }).sort(known(outcomes)).map(function (c) { return [c, t.outcomes[c] || c]; }), t.detail.all_f);
    options('folder', seen(folderOf).sort(collate).slice(0, 500).map(function (c) { return [c, c || '/']; }), t.detail.all);
    options('format', seen(formatOf).sort(collate).map(function (c) { return [c, c || '–']; }), t.detail.all);

    function haystack(k) {
      if (!hay[k]) {
        var r = rows[k];
        hay[k] = [text(r, 'path'), text(r, 'table'), text(r, 'column'), label(text(r, 'entity_type')), text(r, 'entity_type')].join('\n').toLowerCase();
      }
      return hay[k];
    }
    function subject(row) {
      return [text(row, 'category')].concat(text(row, 'regime').split(','));
    }
    function apply() {
      var want = {}, words = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      ['category', 'regime', 'level', 'outcome', 'folder', 'format'].forEach(function (n) { want[n] = form.elements[n].value; });
      shown = rows.filter(function (row, k) {
        return (!want.category || '=' + text(row, 'category') === want.category) &&
          (!want.regime || text(row, 'regime').split(',').indexOf(want.regime.slice(1)) >= 0) &&
          (!want.level || '=' + text(row, 'level') === want.level) &&
          (!want.outcome || '=' + text(row, 'outcome') === want.outcome) &&
          (!want.folder || '=' + folderOf(row) === want.folder) &&
          (!want.format || '=' + formatOf(row) === want.format) &&
          (!codeFilter || subject(row).indexOf(codeFilter) >= 0) &&
          (!cardFilter || row[at.card] === cardFilter) &&
          (!pathFilter || text(row, 'path') === pathFilter) &&
          words.every(function (w) { return haystack(k).indexOf(w) >= 0; });
      });
      if (sort) { shown.sort(sort); }
      byId('shown').textContent = plural(t.detail.shown, shown.length) +
        (shown.length < rows.length ? ' ' + t.detail.shown_of.replace('{total}', num(rows.length)) : '') +
        (cardFilter ? ' · ' + t.detail.card_of.replace('{n}', num(cardFilter)) : '') + (pathFilter ? ' · ' + pathFilter : '');
      byId('reset').hidden = shown.length === rows.length && !words.length;
      byId('none').hidden = shown.length > 0;
      byId('findings').setAttribute('aria-rowcount', String(shown.length + 1));
      box.scrollTop = 0;
      draw(true);
    }

    // Only the rows in view exist; two spacers stand for the others.
    var drawn = '';
    function height() { return window.matchMedia('(max-width:640px)').matches ? 197 : 53; }
    function draw(force, count) {
      var h = height(), first = Math.max(0, Math.floor(box.scrollTop / h) - 10);
      var last = Math.min(shown.length, first + (count || Math.ceil(box.clientHeight / h) + 30));
      var key = first + '-' + last;
      if (!force && key === drawn) { return; }
      drawn = key;
      body.replaceChildren(pad(first * h));
      for (var k = first; k < last; k++) { body.append(line(shown[k], k)); }
      body.append(pad((shown.length - last) * h));
    }
    function pad(height) {
      var row = make('tr', 'pad'), cell = make('td');
      row.setAttribute('aria-hidden', 'true');
      cell.colSpan = 7;
      cell.style.height = height + 'px';
      row.append(cell);
      return row;
    }
    function bars(level) {
      var ns = 'http://www.w3.org/2000/svg', svg = document.createElementNS(ns, 'svg'), use = document.createElementNS(ns, 'use');
      svg.setAttribute('class', 'bars');
      svg.setAttribute('aria-hidden', 'true');
      use.setAttribute('href', '#l-' + level);
      svg.append(use);
      return svg;
    }
    // Nobody declares a secret: it is a matter of security.
    function stated(row) {
      var word = text(row, 'declared');
      if (word === 'sans_objet' && text(row, 'regime').split(',').indexOf('R8') >= 0) { word = 'securite'; }
      return t.declared[word] || word;
    }
    // What the provider checks for itself is no question to the client yet.
    function proposed(row) {
      if (row[at.joined]) { return t.todo.joined.replace('{n}', num(row[at.card])); }
      return d.looked.indexOf(row[at.card]) >= 0 ? d.look : t.outcomes[text(row, 'outcome')];
    }
    function tags(row) {
      var span = make('span', 'under');
      subject(row).filter(function (code, k, all) { return code && (code !== 'C0' || all.filter(Boolean).length < 2); }).forEach(function (code) {
        span.append(make('span', 'tag ' + (code[0] === 'R' ? 'reg' : 'cat'), t.short[code] || code));
      });
      return span;
    }
    function where(row) {
      return [text(row, 'table') && fill(t.detail.table, text(row, 'table')), text(row, 'column') && fill(t.detail.column, text(row, 'column'))].filter(Boolean).join(', ');
    }
    function cardLink(card) {
      var link = make('a', '', num(card));
      link.href = '#card-' + card;
      link.setAttribute('aria-label', t.detail.card_of.replace('{n}', num(card)));
      link.addEventListener('click', function () { byId('sheet').close(); });
      return link;
    }
    function line(row, k) {
      var tr = make('tr'), number = make('td', 'c-card num'), type = make('td', 'c-type'), open = make('button', 'open', label(text(row, 'entity_type')));
      tr.setAttribute('aria-rowindex', String(k + 2));
      open.type = 'button';
      open.addEventListener('click', function () { show(row); });
      type.append(open, tags(row));
      var place = make('td', 'c-where'), path = make('code', 'path', text(row, 'path'));
      place.title = text(row, 'path');
      place.append(path, make('span', 'under muted', where(row)));
      var level = make('td', 'c-level'), name = text(row, 'level');
      level.append(bars(name), t.levels[name] || name);
      if (row[at.card]) {
        number.append(cardLink(row[at.card]));
        number.dataset.label = t.detail.card;
      }
      var count = make('td', 'c-count num', num(row[at.count]));
      count.dataset.label = t.detail.count;
      tr.append(number, type, place, level, count,
        make('td', 'c-declared wrapped', stated(row)), make('td', 'c-outcome wrapped', proposed(row)));
      return tr;
    }

    function show(row) {
      var list = make('dl'), verdict = d.verdicts[row[at.verdict]];
      var add = function (name, content) {
        if (!content) { return; }
        var line = make('div'), value = make('dd');
        value.append(content);
        line.append(make('dt', '', name), value);
        list.append(line);
      };
      byId('sheet-title').textContent = label(text(row, 'entity_type'));
      add(t.detail.where, make('code', '', text(row, 'path')));
      var evidence = row[at.evidence].map(function (k) { return t.evidence[S[k]] || S[k]; });
      add(t.detail.evidence, evidence.join(d.semicolon));
      var found = [where(row), plural(t.todo.values, row[at.count]), t.detail.distinct.toLowerCase() + d.colon + num(row[at.distinct]), text(row, 'recognizer') && fill(t.detail.recognizer, text(row, 'recognizer'))];
      add(t.detail.found, found.filter(Boolean).join(d.semicolon));
      var level = make('span');
      level.append(bars(text(row, 'level')), t.levels[text(row, 'level')] || '');
      add(t.detail.level, level);
      add(t.detail.category, label(text(row, 'category')));
      text(row, 'regime').split(',').filter(Boolean).forEach(function (code) {
        add(t.detail.regime, label(code) + (d.laws[code] ? ' (' + d.laws[code] + ')' : ''));
      });
      add(t.detail.declared, stated(row));
      add(t.detail.decision, proposed(row));
      if (row[at.card]) { add(t.detail.card, cardLink(row[at.card])); }
      if (verdict && !row[at.joined]) {
        var why = make('div', '', verdict.reason);
        verdict.quotations.forEach(function (k) { why.append(byId('quote-' + k).firstElementChild.cloneNode(true)); });
        add(t.detail.why, why);
      }
      if (row[at.places].length) {
        var places = make('ul');
        row[at.places].forEach(function (k) { places.append(make('li', '', S[k])); });
        if (row[at.places].length >= d.places && row[at.count] > row[at.places].length) { places.append(make('li', 'muted', t.detail.places_cut.replace('{n}', num(d.places)))); }
        add(t.detail.places, places);
      }
      byId('sheet-body').replaceChildren(list);
      byId('sheet').showModal();
    }

    function compare(key) {
      var order = { level: levels, outcome: outcomes }[key];
      if (order) { return function (a, b) { return (order[text(a, key)] || 0) - (order[text(b, key)] || 0); }; }
      if (key === 'count') { return function (a, b) { return a[at.count] - b[at.count]; }; }
      // What has no card comes after all that has one.
      if (key === 'card') { return function (a, b) { return (a[at.card] || 1e9) - (b[at.card] || 1e9); }; }
      var of = { type: function (r) { return label(text(r, 'entity_type')); }, where: function (r) { return text(r, 'path'); }, declared: stated }[key];
      return function (a, b) { return collate(of(a), of(b)); };
    }
    byId('findings').tHead.addEventListener('click', function (event) {
      var button = event.target.closest('button');
      if (!button) { return; }
      var head = button.parentNode, was = head.getAttribute('aria-sort'), key = button.dataset.sort;
      var descending = was ? was === 'ascending' : ['level', 'count', 'outcome'].indexOf(key) >= 0;
      byId('findings').querySelectorAll('th').forEach(function (th) { th.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      var by = compare(key);
      sort = function (a, b) { return descending ? by(b, a) : by(a, b); };
      apply();
    });
    function reset() { codeFilter = pathFilter = ''; cardFilter = 0; form.reset(); }
    var timer = 0;
    form.addEventListener('submit', function (event) { event.preventDefault(); clearTimeout(timer); apply(); });
    form.addEventListener('input', function () { codeFilter = pathFilter = ''; cardFilter = 0; clearTimeout(timer); timer = setTimeout(apply, 120); });
    byId('reset').addEventListener('click', function () { reset(); apply(); });
    box.addEventListener('scroll', function () { window.requestAnimationFrame(function () { draw(false); }); });
    window.addEventListener('resize', function () { draw(true); });
    window.addEventListener('beforeprint', function () {
      var first = Math.min(shown.length, 100), said = byId('printed');
      box.scrollTop = 0;
      draw(true, 100);
      said.hidden = first === rows.length;
      said.textContent = plural(t.detail.printed, first).replace('{total}', num(rows.length));
    });
    window.addEventListener('afterprint', function () { draw(true); });
    byId('close').addEventListener('click', function () { byId('sheet').close(); });

    // Cards, matrix and map lead to the rows that they count.
    document.addEventListener('click', function (event) {
      var link = event.target.closest('a[href="#detail"]');
      if (!link || !(link.dataset.code || link.dataset.folder || link.dataset.card || link.dataset.path)) { return; }
      reset();
      cardFilter = Number(link.dataset.card || 0);
      pathFilter = link.dataset.path || '';
      ['folder', 'outcome'].forEach(function (name) {
        if (link.dataset[name] !== undefined) { form.elements[name].value = '=' + link.dataset[name]; }
      });
      var code = link.dataset.code || '', select = form.elements[code[0] === 'R' ? 'regime' : 'category'];
      select.value = '=' + code;
      if (select.value !== '=' + code) { select.value = ''; codeFilter = code; }
      apply();
      byId('h-detail').focus();
    });

    byId('export').addEventListener('click', function () {
      var names = ['card', 'path', 'table', 'column', 'entity_type', 'category', 'regime', 'level', 'count', 'distinct', 'declared', 'outcome'];
      var cell = function (value) {
        var s = String(value);
        // A spreadsheet must not take a hostile name for a formula.
        if (/^[=+\-@\t]/.test(s)) { s = "'" + s; }
        return '"' + s.replace(/"/g, '""') + '"';
      };
      // In words, as the page says it.
      var word = {
        entity_type: function (r) { return label(text(r, 'entity_type')); },
        category: function (r) { return label(text(r, 'category')); },
        regime: function (r) { return text(r, 'regime').split(',').filter(Boolean).map(label).join(', '); },
        level: function (r) { return t.levels[text(r, 'level')] || ''; },
        declared: stated,
        outcome: proposed
      };
      var lines = shown.map(function (row) {
        return names.map(function (n) { return n === 'count' || n === 'distinct' || n === 'card' ? row[at[n]] : cell(word[n] ? word[n](row) : text(row, n)); }).join(';');
      });
      var blob = new Blob(['\ufeff' + names.map(function (n) { return cell(d.heads[n]); }).join(';') + '\r\n' + lines.join('\r\n') + '\r\n'], { type: 'text/csv' });
      var link = make('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'constats.csv';
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });

    byId('explorer').hidden = false;
    apply();
  }
}());
