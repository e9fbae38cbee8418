using System.Text;

namespace Dataverse.Sync;

/// <summary>Reads and writes the names of fields and tables in filter texts.</summary>
internal static class FieldNames
{
    /// <summary>
    /// Reads the name of a field up to the operator after it. Between double quotes it may contain anything.
    /// </summary>
    /// <exception cref="FilterFormatException">There is no name, or no operator after it.</exception>
    public static string Read(FilterCursor cursor)
    {
        cursor.SkipWhiteSpace();
        var start = cursor.Index;
        if (cursor.Next == '"')
        {
            var quoted = ReadQuoted(cursor);
            cursor.SkipWhiteSpace();
            return quoted.Length == 0 ? throw FilterCursor.ProblemAt(start, "the name of a field is missing.")
                : cursor.Next is '=' or '<' or '>' ? quoted
                : throw cursor.Problem("'=' is missing after the name of the field.");
        }

        while (!cursor.IsAtEnd && cursor.Next is not ('=' or '<' or '>' or ','))
        {
            cursor.Index++;
        }

        var name = cursor.Text[start..cursor.Index].Trim();
        return cursor.IsAtEnd || cursor.Next == ',' ? throw cursor.Problem("'=' is missing after the name of a field.")
            : name.Length == 0 ? throw cursor.Problem("the name of a field is missing.")
            : name;
    }

    /// <summary>Reads what stands between double quotes; two in a row are one of the name.</summary>
    /// <exception cref="FilterFormatException">The quotes are not closed.</exception>
    public static string ReadQuoted(FilterCursor cursor)
    {
        var start = cursor.Index++;
        var name = new StringBuilder();
        while (true)
        {
            if (cursor.IsAtEnd)
            {
                throw FilterCursor.ProblemAt(start, "the quote is not closed.");
            }

            if (cursor.TryTake("\"\""))
            {
                _ = name.Append('"');
            }
            else if (cursor.TryTake("\""))
            {
                return name.ToString();
            }
            else
            {
                _ = name.Append(cursor.Next);
                cursor.Index++;
            }
        }
    }

    /// <summary>Writes a name, between double quotes if it is not a plain word.</summary>
    public static StringBuilder Write(StringBuilder written, string name)
    {
        var isPlain = name.Length > 0
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        return isPlain
            ? written.Append(name)
            : written.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
