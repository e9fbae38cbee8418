namespace Dataverse.Sync;

/// <summary>Reads a value or a pattern of a filter expression.</summary>
/// <remarks>
/// As in Business Central, single quotes take the meaning from operators, but not from <c>*</c>, <c>?</c>, and a
/// leading <c>@</c>: <c>'@J &amp; V*'</c> is a pattern. Double quotes, which AL uses for the names of options, make a
/// plain text.
/// </remarks>
/// <param name="cursor">The place in the text.</param>
/// <param name="endsAtComma">Whether a comma outside quotes ends the value.</param>
internal sealed class OperandReader(FilterCursor cursor, bool endsAtComma)
{
    /// <summary>Whether an operator, a comma that separates conditions, or the end follows.</summary>
    public bool IsAtEnd => cursor.Next is '|' or '&' or ')' || cursor.IsAtEnd || (endsAtComma && cursor.Next == ',');

    /// <exception cref="FilterFormatException">There is no value, or it is not complete.</exception>
    public Operand Read()
    {
        cursor.SkipWhiteSpace();
        var start = cursor.Index;
        if (cursor.Next == '"')
        {
            return new(start, ReadName(), IgnoresAccents: false);
        }

        var ignoresAccents = cursor.TryTake("@");
        cursor.SkipWhiteSpace();
        RefuseToken();
        var parts = new PatternParts();
        var isQuoted = ReadChunks(parts, ref ignoresAccents);
        var all = parts.ToList();
        return all.Count > 0 || (isQuoted && !ignoresAccents)
            ? new(start, all, ignoresAccents)
            : throw cursor.Problem("a value is missing; an empty one is written as ''.");
    }

    // An apostrophe within a word is one, as in O'Brien.
    private bool ReadChunks(PatternParts parts, ref bool ignoresAccents)
    {
        var (isQuoted, last) = (false, Chunk.None);
        while (!IsAtEnd && !cursor.IsAt(".."))
        {
            if (cursor.Next == '\'' && last != Chunk.Plain)
            {
                ignoresAccents |= ReadQuoted(parts, isFirst: last == Chunk.None);
                (isQuoted, last) = (true, Chunk.Quoted);
                cursor.SkipWhiteSpace();
            }
            else if (cursor.Next is '(' or '=')
            {
                throw cursor.Problem($"'{cursor.Next}' within a value must stand between single quotes.");
            }
            else if (cursor.Next is '*' or '?')
            {
                last = Chunk.Wildcard;
                cursor.Index = PatternSyntax.Read(cursor.Text, cursor.Index, parts);
            }
            else
            {
                last = last == Chunk.Quoted ? throw NoOperator() : Chunk.Plain;
                cursor.Index = PatternSyntax.Read(cursor.Text, cursor.Index, parts);
            }
        }

        if (last == Chunk.Plain)
        {
            parts.TrimEnd();
        }

        return isQuoted;
    }

    private bool ReadQuoted(PatternParts parts, bool isFirst)
    {
        var start = cursor.Index++;
        var hasAt = isFirst && cursor.TryTake("@");
        while (true)
        {
            if (cursor.IsAtEnd)
            {
                throw FilterCursor.ProblemAt(start, "the quote is not closed.");
            }

            if (cursor.TryTake("''"))
            {
                parts.Add('\'');
            }
            else if (cursor.TryTake("'"))
            {
                return hasAt;
            }
            else
            {
                cursor.Index = PatternSyntax.Read(cursor.Text, cursor.Index, parts);
            }
        }
    }

    private IReadOnlyList<PatternPart> ReadName()
    {
        var name = FieldNames.ReadQuoted(cursor);
        cursor.SkipWhiteSpace();
        return !IsAtEnd && !cursor.IsAt("..")
            ? throw NoOperator()
            : name.Length == 0 ? [] : [PatternPart.Literal(name)];
    }

    private FilterFormatException NoOperator() => cursor.Problem("an operator is missing after the quote.");

    // Words such as %me stand for something that only Business Central knows, and %1 for a parameter of code.
    private void RefuseToken()
    {
        if (cursor.Next == '%')
        {
            throw cursor.Problem(
                "filter tokens, which begin with %, are not supported; "
                + "a value that begins so must stand between single quotes.");
        }
    }

    private enum Chunk
    {
        None,
        Plain,
        Quoted,
        Wildcard,
    }
}
