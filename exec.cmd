@rem The scripts of package.json begin with `exec`, so that signals reach the program itself. cmd.exe has no such word:
@rem this file lets Windows run them all the same, far enough to be told in one sentence what Copacte needs.
@%*
