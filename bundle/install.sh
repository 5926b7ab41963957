#!/bin/sh
# Installs the workshop beside this file, without network. Needs the Python that python.txt names (major and minor number).
cd "$(dirname "$0")" || exit 1
read -r major minor < python.txt
for python in "python$major.$minor" python3 python; do
    if "$python" -c "import sys; sys.exit(sys.version_info[:2] != ($major, $minor))" 2>/dev/null; then
        exec "$python" install.py
    fi
done
echo "Python $major.$minor is needed and was not found." >&2
exit 1
