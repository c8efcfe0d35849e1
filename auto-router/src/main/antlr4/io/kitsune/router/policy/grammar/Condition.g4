// SPDX-License-Identifier: Apache-2.0
// The condition of a policy's rule: facts compared with constants, joined by and, or, not.
grammar Condition;

condition : expression EOF ;

expression
  : NOT expression                                              # negation
  | left=expression AND right=expression                        # conjunction
  | left=expression OR right=expression                         # disjunction
  | '(' expression ')'                                          # parenthesised
  | fact=NAME IS NOT? UNKNOWN                                   # knowledge
  | fact=NAME operator=('=' | '!=' | '<' | '<=' | '>' | '>=') value  # comparison
  | fact=NAME NOT? IN '(' value (',' value)* ')'                # membership
  | fact=NAME NOT? LIKE pattern=TEXT                            # resemblance
  | fact=NAME HAS pattern=TEXT                                  # element
  | fact=NAME                                                   # flag
  ;

value : TEXT | number=NUMBER unit=NAME? ;

AND : [aA] [nN] [dD] ;
OR : [oO] [rR] ;
NOT : [nN] [oO] [tT] ;
IS : [iI] [sS] ;
UNKNOWN : [uU] [nN] [kK] [nN] [oO] [wW] [nN] ;
IN : [iI] [nN] ;
LIKE : [lL] [iI] [kK] [eE] ;
HAS : [hH] [aA] [sS] ;

TEXT : '\'' (~['\r\n] | '\'\'')* '\'' ;
NUMBER : [0-9]+ ;
NAME : [a-zA-Z_] [a-zA-Z_0-9]* ;
BLANK : [ \t\r\n]+ -> skip ;
// So that every mistake is the parser's to report.
OTHER : . ;
