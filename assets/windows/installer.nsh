; Opens matrix: links with Holdfast. The registration is the user's own, as the installation is.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\matrix" "" "URL:Matrix"
  WriteRegStr SHELL_CONTEXT "Software\Classes\matrix" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\matrix\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\matrix\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  ReadRegStr $0 SHELL_CONTEXT "Software\Classes\matrix\shell\open\command" ""
  ; Only what is still ours: another client may have taken the links over since.
  ${If} $0 == '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
    DeleteRegKey SHELL_CONTEXT "Software\Classes\matrix"
  ${EndIf}
!macroend
