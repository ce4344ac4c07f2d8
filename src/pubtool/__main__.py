"""`python -m pubtool` is `pubtool`."""

from pubtool.cli import main

if __name__ == "__main__":
    main()
