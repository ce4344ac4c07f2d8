"""The sources' texts: find a source's file, extract its text, say where its pages begin.

Where a source's text is looked for, in this order:

1. the entry's ``file`` field, if it names a file inside the project;
2. ``sources/KEY.EXT``, with EXT in the order of `formats.EXTENSIONS`;
3. ``sources/KEY/``: all files of the first such format that the folder holds, in natural order
   (``page-2`` before ``page-10``), joined by a blank line.

In KEY, characters that some file system refuses or reads as a folder are written as ``%`` and two
hexadecimal digits for each UTF-8 byte (`file_name`). Nothing outside the project is ever read:
what a path comes to after its ``..`` and symbolic links decides.
"""
