using CsCheck;

namespace Dataverse.Sync.PostgreSql.Tests;

public sealed class StoredTextTests
{
    [Fact]
    public void Every_text_comes_back_as_it_was() =>
        Gen.OneOf(Gen.Char, Gen.Const('\\'), Gen.Const('\0'), Gen.Const('d'), Gen.Const('\ud83d'), Gen.Const('\ude00')).Array[0, 30].Sample(characters =>
        {
            var text = new string(characters);
            var stored = StoredText.Write(text);

            StoredText.Read(stored).Should().Be(text);
            stored.Should().NotContain("\0");
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(stored)).Should().Be(stored);
        });

    [Fact]
    public void Usual_text_is_stored_as_it_is() => StoredText.Write("C00010 · Zürich 😀").Should().Be("C00010 · Zürich 😀");

    [Theory]
    [InlineData(@"\")]
    [InlineData(@"\12")]
    [InlineData(@"\xyz1")]
    public void Text_that_was_not_written_by_the_store_is_malformed(string stored)
    {
        var read = () => StoredText.Read(stored);

        read.Should().Throw<FormatException>();
    }
}
