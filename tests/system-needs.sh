#!/bin/sh
# What the tests need beyond Python, installed where this machine has the means (apt, npm) and we
# may use them; otherwise named in one line each, and the tests that need it are skipped. Where no
# test may be skipped (PUBTOOL_NO_SKIPS or CI is set) a missing need ends the run.
#
# A browser serves the tests that look at built pages; axe-core is the accessibility checker that
# they run in it. PUBTOOL_CHROMIUM names a browser that is not on PATH.
#
# epubcheck is what shops and libraries hold EPUBs to; it needs Java. PUBTOOL_EPUBCHECK names a jar
# that is elsewhere.
#
# Two versions of WordPress come from newer suites of Debian by apt, unpacked into a cache and not
# installed (wordpress/files.py); they run on PHP's own server with SQLite. jsdom is the window in
# which their editors' scripts judge our blocks.
set -u
cd "$(dirname "$0")" || exit 2

missing=0

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

apt_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  echo "tests: installing $* with apt-get" >&2
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --no-install-recommends "$@" >/dev/null 2>&1 && return
  as_root apt-get update --quiet >/dev/null 2>&1 &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install --yes --quiet --no-install-recommends "$@" >/dev/null 2>&1
}

have_browser() {
  [ -n "${PUBTOOL_CHROMIUM:-}" ] && return
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return
  done
  return 1
}

have_axe() {
  [ -f browser/node_modules/axe-core/axe.min.js ]
}

have_jsdom() {
  [ -f wordpress/validate/node_modules/jsdom/package.json ]
}

# npm_install NAME FOLDER: what FOLDER's lock names, NAME among it.
npm_install() {
  command -v npm >/dev/null 2>&1 || return 1
  echo "tests: installing $1 with npm" >&2
  (cd "$2" && npm ci --silent --no-audit --no-fund --ignore-scripts >/dev/null 2>&1)
}

have_recogniser() {
  command -v tesseract >/dev/null 2>&1 && command -v gs >/dev/null 2>&1 &&
    command -v pdftoppm >/dev/null 2>&1
}

have_epubcheck() {
  command -v java >/dev/null 2>&1 &&
    [ -f "${PUBTOOL_EPUBCHECK:-/usr/share/java/epubcheck.jar}" ]
}

have_neovim() { command -v nvim >/dev/null 2>&1; }
have_shells() {
  command -v bash >/dev/null 2>&1 && command -v zsh >/dev/null 2>&1 &&
    command -v fish >/dev/null 2>&1
}

have_php() {
  php -r 'exit(array_diff(["pdo_sqlite", "dom", "mbstring", "curl", "gd"],
    get_loaded_extensions()) ? 1 : 0);' 2>/dev/null
}

wordpress_files() {
  python=../.venv/bin/python
  [ -x "$python" ] || python=python3
  "$python" wordpress/files.py "$1"
}

fetch_wordpress() {
  echo "tests: fetching two versions of WordPress with apt-get and npm" >&2
  wordpress_files fetch && return
  as_root apt-get update --quiet >/dev/null 2>&1 && wordpress_files fetch
}

# need NAME WHAT-FOR: called after the attempt to install NAME has failed.
need() {
  echo "tests: skipped: $2 (needs $1, which is not here and could not be installed)" >&2
  missing=1
}

have_browser || apt_install chromium || need chromium "the built pages in a browser"
have_recogniser || apt_install tesseract-ocr ghostscript poppler-utils ||
  need "tesseract-ocr, ghostscript and poppler-utils" "scans, read by a recogniser"
have_epubcheck || apt_install epubcheck || need epubcheck "the EPUBs, held to their standard"
have_neovim || apt_install neovim || need neovim "the language server in an editor"
have_shells || apt_install bash zsh fish || need "bash, zsh and fish" "words completed by shells"
have_php || apt_install php-cli php-sqlite3 php-xml php-mbstring php-curl php-gd ||
  need "php-cli with its sqlite3, xml, mbstring, curl and gd" "WordPress"
wordpress_files have || fetch_wordpress || need "WordPress's files" "WordPress"
have_jsdom || npm_install jsdom wordpress/validate || need jsdom "our blocks in WordPress's editor"
have_axe || npm_install axe-core browser || need axe-core "the built pages' accessibility"

if [ "$missing" -ne 0 ] && [ -n "${PUBTOOL_NO_SKIPS:-${CI:-}}" ]; then
  echo "tests: nothing may be skipped here; install what is named above" >&2
  exit 1
fi
