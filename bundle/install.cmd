@echo off
rem Installs the workshop beside this file, without network. Needs the Python that python.txt names.
cd /d "%~dp0"
for /f "tokens=1,2" %%a in (python.txt) do set wanted=%%a.%%b
py -%wanted% install.py
if errorlevel 1 echo If Python %wanted% is missing, install it first.
pause
