"""`python -m pubtool` is `pubtool`; nothing is loaded before this is run."""


def main() -> None:
    """Run the program; the entry point of the `pubtool` command."""
    try:
        from pubtool.cli import main as run  # a tenth of a second, in which one may press Ctrl-C
    except KeyboardInterrupt:
        import sys

        if sys.stderr is not None:
            sys.stderr.write("pubtool: stopped\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
