using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class CouplingFileKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string KeyPath => folder.File("couplings.key");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Key_file_is_created_on_demand_for_its_owner_only_and_used_again()
    {
        await using (var store = Open(create: true))
        {
            await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = [Pair(1)] });
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyPath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Convert.FromBase64String((await File.ReadAllTextAsync(KeyPath)).Trim()).Should().HaveCount(32);
        Directory.GetFiles(folder.Path).Should().HaveCount(2);
        await using var again = Open(create: false);
        (await again.ListAsync()).Should().Equal(Pair(1));
    }

    [Fact]
    public async Task Missing_key_file_is_an_error_unless_it_may_be_created()
    {
        await ShouldBeRefusedAsync("does not exist or cannot be read");
        File.Exists(KeyPath).Should().BeFalse();
    }

    [Fact]
    public async Task Lost_key_file_of_an_encrypted_file_is_not_replaced_by_a_new_one()
    {
        await using (var store = Open(create: true))
        {
            _ = await store.LeaseAsync();
        }

        File.Delete(KeyPath);

        await ShouldBeRefusedAsync("does not exist or cannot be read", create: true);
        File.Exists(KeyPath).Should().BeFalse();
    }

    [UnixTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Key_file_that_others_can_read_or_write_is_refused(UnixFileMode more)
    {
        await File.WriteAllTextAsync(KeyPath, Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        }

        await ShouldBeRefusedAsync("can be read or written by others than its owner (mode 0600 is required)");
    }

    [UnixTheory]
    [InlineData("")]
    [InlineData("not Base64")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Key_file_without_a_key_is_refused(string content)
    {
        await File.WriteAllTextAsync(KeyPath, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await ShouldBeRefusedAsync("does not contain a key of 32 bytes in Base64");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void Key_has_32_bytes(int length)
    {
        var create = () => CouplingFileKey.FromBytes(new byte[length]);

        create.Should().Throw<ArgumentException>().WithMessage("A key has 32 bytes.*");
    }

    [Fact]
    public void Options_do_not_show_the_key()
    {
        var options = new SqliteCouplingStoreOptions { Path = "a", EncryptionKey = CouplingFileKey.FromBytes(Enumerable.Repeat((byte)65, 32).ToArray()) };

        options.ToString().Should().Contain("key given as bytes").And.NotContain("AAAA").And.NotContain("65");
    }

    private async Task ShouldBeRefusedAsync(string reason, bool create = false)
    {
        await using var store = Open(create);
        var open = () => store.CountAsync(Customers, default).AsTask();

        var error = (await open.Should().ThrowAsync<CouplingStoreException>()).Which;
        error.Failure.Should().Be(CouplingStoreFailure.WrongKey);
        error.Message.Should().Be($"Key file '{KeyPath}' {reason}.");
    }

    private SqliteCouplingStore Open(bool create) => new(new SqliteCouplingStoreOptions
    {
        Path = folder.File(),
        EncryptionKey = CouplingFileKey.FromFile(KeyPath, create),
    });
}
