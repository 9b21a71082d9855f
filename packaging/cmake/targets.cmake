# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of the project has in common.

add_library(pagedesk_options INTERFACE)
target_include_directories(pagedesk_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(pagedesk_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
target_compile_definitions(pagedesk_options INTERFACE
    PAGEDESK_VERSION="${PROJECT_VERSION}"
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(pagedesk_options INTERFACE -fpch-preprocess) # as ccache needs it
endif()
if(PAGEDESK_SANITIZE)
    target_compile_options(pagedesk_options INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(pagedesk_options INTERFACE -fsanitize=address,undefined)
endif()
if(PAGEDESK_FUZZ)
    target_compile_options(pagedesk_options INTERFACE
        -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    target_link_options(pagedesk_options INTERFACE -fsanitize=address,undefined)
endif()
find_program(MOLD mold)
if(MOLD)
    target_link_options(pagedesk_options INTERFACE -fuse-ld=mold)
endif()

# Headers of Qt and of the standard library are most of what the compiler reads of a file: those in
# use everywhere are read once, for what is optimised and for tests. A file includes what it needs all
# the same; builds with clang go without this and say so when it does not.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/sharedheaders.cpp CONTENT "// Only its headers count.\n")
function(pagedesk_shared_headers name)
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/sharedheaders.cpp)
    target_link_libraries(${name} PRIVATE pagedesk_options Qt6::Core tl::expected)
    target_compile_options(${name} PRIVATE ${ARGN})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_precompile_headers(${name} PRIVATE
        <QByteArray> <QDateTime> <QDir> <QFile> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject>
        <QList> <QLoggingCategory> <QObject> <QPointer> <QSet> <QString> <QStringList> <QTimer>
        <QUrl> <algorithm> <array> <chrono> <functional> <memory> <optional> <tl/expected.hpp>
        <variant> <vector>)
endfunction()
pagedesk_shared_headers(pagedesk_headers)
pagedesk_shared_headers(pagedesk_test_headers -O0 -g1)

# pagedesk_library(<name> SOURCES <files...> LIBS <targets...>)
function(pagedesk_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC pagedesk_options ${arg_LIBS})
    target_precompile_headers(${name} REUSE_FROM pagedesk_headers)
endfunction()

# pagedesk_program(<name> SOURCES <files...> LIBS <targets...>)
function(pagedesk_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE pagedesk_options ${arg_LIBS})
    target_precompile_headers(${name} REUSE_FROM pagedesk_headers)
endfunction()

# pagedesk_test(<file without .cpp> <libs...>): a Qt Test program that ctest runs offscreen, labelled
# with the name of its folder.
function(pagedesk_test name)
    add_executable(${name} ${name}.cpp)
    target_link_libraries(${name} PRIVATE pagedesk_options Qt6::Test ${ARGN})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    # What is tested is optimised; a test itself runs once and is compiled the sooner without.
    target_compile_options(${name} PRIVATE -O0 -g1)
    target_precompile_headers(${name} REUSE_FROM pagedesk_test_headers)
    target_compile_definitions(${name} PRIVATE
        PAGEDESK_SOURCE_DIR="${CMAKE_SOURCE_DIR}" PAGEDESK_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    add_test(NAME ${name} COMMAND ${name})
    get_filename_component(part ${CMAKE_CURRENT_SOURCE_DIR} NAME)
    set_tests_properties(${name} PROPERTIES TIMEOUT 120 LABELS ${part}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;PAGEDESK_KEYCHAIN=file;LC_ALL=C.UTF-8")
endfunction()
