namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class DateHeaderTests
{
    [Fact]
    public async Task Every_answer_carries_the_time_of_the_emulators_clock()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var before = await bc.GetAsync("customers");
        bc.Time.Advance(TimeSpan.FromHours(1));
        var refused = await bc.GetAsync("nonsense");

        before.Headers.Date.Should().Be(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        refused.Headers.Date.Should().Be(new DateTimeOffset(2026, 8, 17, 11, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Answer_of_a_gateway_and_one_without_the_network_carry_it_too()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Emulator.Faults.Add(EmulatorFault.HtmlError(502));
        using var direct = new HttpClient(bc.Emulator.CreateHandler()) { BaseAddress = bc.Emulator.BaseAddress };

        (await bc.GetAsync("customers")).Headers.Date.Should().Be(bc.Time.GetUtcNow());
        using var answer = await direct.GetAsync(new Uri("companies", UriKind.Relative));
        answer.Headers.Date.Should().Be(bc.Time.GetUtcNow());
    }
}
