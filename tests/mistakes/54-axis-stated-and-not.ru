# an axis with a value that is also not stated
# rule: Scope-territory
INSERT DATA { commitment:microsoft-2020-06-police-facial-recognition-1 pg:notStated scope-axis:territory }
